# What `cmake --install` puts where, and the Debian package (scripts/package).
include(GNUInstallDirs)

install(TARGETS wsoa wsoa-verify RUNTIME)
install(FILES README.md CHANGELOG.md docs/witness.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES docs/checking-by-hand.md docs/way-back.md schemas/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/formats)
install(FILES "${PROJECT_SOURCE_DIR}/scripts/install/wsoa-keeper@.service"
  "${PROJECT_SOURCE_DIR}/scripts/install/wsoa-witness@.service"
  "${PROJECT_SOURCE_DIR}/scripts/install/wsoa-evidence-check@.service"
  "${PROJECT_SOURCE_DIR}/scripts/install/wsoa-evidence-check@.timer"
  DESTINATION lib/systemd/system)
install(FILES scripts/install/wsoa.sysusers DESTINATION lib/sysusers.d RENAME wsoa.conf)
install(FILES scripts/install/wsoa.tmpfiles DESTINATION lib/tmpfiles.d RENAME wsoa.conf)

# Completion is the program's own answer, so that it cannot lag behind the commands.
foreach(shell bash zsh fish)
  add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/completion/${shell}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/completion
    COMMAND wsoa completion ${shell} > ${PROJECT_BINARY_DIR}/completion/${shell}
    DEPENDS wsoa VERBATIM)
  list(APPEND completions ${PROJECT_BINARY_DIR}/completion/${shell})
endforeach()
add_custom_target(completion ALL DEPENDS ${completions})
install(FILES ${PROJECT_BINARY_DIR}/completion/bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME wsoa)
install(FILES ${PROJECT_BINARY_DIR}/completion/zsh
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions RENAME _wsoa)
install(FILES ${PROJECT_BINARY_DIR}/completion/fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME wsoa.fish)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME wsoa)
set(CPACK_PACKAGE_CONTACT "The wsoa maintainers <wsoa@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Ledger of a SEND Written Statement of Action")
set(CPACK_PACKAGE_DESCRIPTION
  "Keeps the record of a local area's plan as signed, immutable events in one Merkle tree,\n\
 shows the plan as at any date, and proves to others that nothing was altered.")
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# These the program loads itself (docs/decisions/0029), so that nobody sees it in its file.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libcurl4, libmicrohttpd12")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# The keeper's user and folders are made by systemd's tools; the program alone does without.
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${PROJECT_SOURCE_DIR}/scripts/install/postinst")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "systemd")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
include(CPack)
